export {
  type Column,
  calm,
  columnsOf,
  type Drawn,
  drawnOf,
  emptyTable,
  followedBy,
  type Group,
  type MatrixRow,
  type Table,
  tableAfter,
} from './board';
export {
  type Condition,
  conditionsOf,
  countSigns,
  type Sign,
  type Signs,
  sameCondition,
  signOf,
  signs,
} from './condition';
export { containersOf } from './containers';
export { type Counts, countChanges, initials, layerTitle, showBytes } from './count';
export { type Hint, hintsAfter, hintsOf } from './hints';
export { legible } from './legible';
export { asHex, asText, type Look, type Side, showMode } from './look';
export { pictureType } from './picture';
export { type PortView, portsOf } from './ports';
export { csvOf, reportOf } from './report';
export { askedIn, predictionsOf, roundsOf } from './rounds';
export { containerSide, imageSide, layersOf } from './sides';
export type { ChangeKind, ChangeView, ContainerView, ImageView, LayerView, SeatView, Status } from './types';
