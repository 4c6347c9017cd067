import { ImageScreen } from './screen';

export default async function Page({ params }: { readonly params: Promise<{ code: string }> }) {
  return <ImageScreen code={(await params).code.toUpperCase()} />;
}
