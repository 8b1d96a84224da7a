export type { DiagnosticDeps, DiagnosticPorts, MomentStore } from './ports.ts';
export { diagnose, diagnoseIn } from './use-cases/diagnose.ts';
