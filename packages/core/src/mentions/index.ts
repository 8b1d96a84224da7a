export { commentAndWake, commentAndWakeIn } from './use-cases/comment-and-wake.ts';
