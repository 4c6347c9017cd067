/** What students' containers serve, as pages in isolated frames: `/page/TOKEN/PORT/…`. */
export { openPages } from './pages';
