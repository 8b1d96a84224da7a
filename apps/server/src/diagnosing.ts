import type { DiagnosticDeps } from '@quarterdeck/core/diagnostics';
import { prepareExplainer } from '@quarterdeck/core/dispatch';
import type { Ports } from '@quarterdeck/store';
import type { UseCaseDeps } from './use-case-deps.ts';

/** What diagnostics need here; a rule that fails is told to the operator. */
export function diagnosing(deps: UseCaseDeps, onError: (error: unknown) => void): DiagnosticDeps<Ports> {
  return {
    db: deps.db,
    clock: deps.clock,
    explainer: (ports, tasks) => prepareExplainer(ports, deps.clock.now(), tasks),
    onFailed: (kind, cause) => onError(new Error(`the rule for ${kind} failed`, { cause })),
  };
}
