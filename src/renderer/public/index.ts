export { GradePublication } from './grade-publication.tsx';
