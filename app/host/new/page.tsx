import { Top } from '../../_ui';
import { New } from './new';

export default function Page() {
  return (
    <>
      <Top />
      <New />
    </>
  );
}
