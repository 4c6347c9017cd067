export { type Column, columnsOf, type Group, groupsOf, type MatrixRow, matrixOf } from './board';
export { containersOf } from './containers';
export { type Counts, countChanges, initials, layerTitle, showBytes } from './count';
export { type Hint, hintsOf } from './hints';
export { asHex, asText, type Look, type Side, showMode } from './look';
export { type PortView, portsOf } from './ports';
export { csvOf, reportOf } from './report';
export { containerSide, imageSide, layersOf } from './sides';
export type { ChangeKind, ChangeView, ContainerView, ImageView, LayerView, SeatView, Status } from './types';
