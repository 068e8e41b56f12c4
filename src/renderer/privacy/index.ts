export { AskAboutData } from './ask-about-data.tsx';
