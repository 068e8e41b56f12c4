export { RestorationStatusTag } from './tags.tsx';
