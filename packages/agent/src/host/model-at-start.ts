import type { LaunchExtras } from './agent-process.ts';
import type { HostSpec } from './spec.ts';

/** How an agent that takes its model or effort with its start is told, as its profile says. */
export function modelAtStart({ order, profile }: HostSpec): LaunchExtras {
  const model = order.model ?? profile.model;
  const effort = order.effort ?? profile.effort;
  const told = [
    { value: model, ...profile.takesModel },
    { value: effort, ...profile.takesEffort },
  ];
  const env: Record<string, string> = {};
  const args: string[] = [];
  for (const { value, env: name, args: wanted } of told) {
    if (value === null) continue;
    if (name !== null) env[name] = value;
    args.push(...wanted.map((arg) => arg.replace(/\$\{(model|effort)\}/g, () => value)));
  }
  return { args, env };
}
