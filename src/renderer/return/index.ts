export { RefuseForm } from './decision-forms.tsx';
export { ReturnStatusTag, VerdictTag } from './tags.tsx';
