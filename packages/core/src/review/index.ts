export { writeRemarks } from './domain/write-remarks.ts';
export type { LandingSite } from './ports.ts';
export { approveTask } from './use-cases/approve-task.ts';
export { landTask } from './use-cases/land-task.ts';
export { requestChanges } from './use-cases/request-changes.ts';
export { requestReview } from './use-cases/request-review.ts';
