import { Top } from '../_ui';
import { Mine } from './mine';

export default function Page() {
  return (
    <>
      <Top />
      <Mine />
    </>
  );
}
