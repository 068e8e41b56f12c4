export { ArchivePage } from './archive-page.tsx';
export { ArchivedCasePage } from './archived-case-page.tsx';
