import { DeskScreen } from './screen';

export default async function Page({ params }: { readonly params: Promise<{ code: string }> }) {
  return <DeskScreen code={(await params).code.toUpperCase()} />;
}
