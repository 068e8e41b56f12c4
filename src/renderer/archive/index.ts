export { OlderCases } from './older-cases.tsx';
