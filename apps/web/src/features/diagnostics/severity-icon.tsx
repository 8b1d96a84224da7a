import type { Diagnostic } from '@quarterdeck/contract/diagnostic';
import { CircleAlert, OctagonAlert, TriangleAlert } from 'lucide-react';

const ICONS = { critical: OctagonAlert, error: CircleAlert, warning: TriangleAlert } as const;

/** A sign of its own for each severity, so that it is told without colour too. */
export function SeverityIcon({ severity }: Pick<Diagnostic, 'severity'>) {
  const Icon = ICONS[severity];
  return <Icon aria-hidden="true" />;
}
