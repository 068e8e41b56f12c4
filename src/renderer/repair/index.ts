export { CopiesCard } from './copies-card.tsx';
