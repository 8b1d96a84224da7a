export type { DiagnosticDeps, MomentStore } from './ports.ts';
export { diagnose, diagnoseIn } from './use-cases/diagnose.ts';
