import { Top } from '../../_ui';
import { Door } from './door';

export default async function Page({ params }: { readonly params: Promise<{ code: string }> }) {
  const { code } = await params;
  return (
    <>
      <Top />
      <Door typed={decodeURIComponent(code)} />
    </>
  );
}
