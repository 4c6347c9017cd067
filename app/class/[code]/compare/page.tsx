import { CompareScreen } from './screen';

export default async function Page({ params }: { readonly params: Promise<{ code: string }> }) {
  return <CompareScreen code={(await params).code.toUpperCase()} />;
}
