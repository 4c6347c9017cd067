import { BoardScreen } from './screen';

export default async function Page({ params }: { readonly params: Promise<{ code: string }> }) {
  return <BoardScreen code={(await params).code.toUpperCase()} />;
}
