import { type DiagnosticDeps, diagnose } from '@quarterdeck/core/diagnostics';
import type { Ports } from '@quarterdeck/store';
import type { Handlers } from '../http/handlers.ts';

/** The route of diagnostics. */
export function diagnosticsRoutes(deps: DiagnosticDeps<Ports>): Pick<Handlers, 'diagnostic.list'> {
  return { 'diagnostic.list': ({ query }) => diagnose(deps, query) };
}
