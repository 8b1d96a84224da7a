import {
  allowOption,
  decisionOf,
  type PermissionOption,
  rejectOption,
} from '@quarterdeck/contract/permission-option';

/** What a person or policy said. */
export interface Answer {
  readonly decision: 'allow' | 'deny' | 'choose';
  /** Id of the option a person picked. */
  readonly option?: string | null | undefined;
}

/** What the agent is told, and what that comes to. */
export interface Told {
  readonly outcome: 'allowed' | 'denied' | 'answered' | 'withdrawn';
  /** Null: the agent is told that its request is cancelled. */
  readonly optionId: string | null;
  /** Name of the option, where a person picked it. */
  readonly choice: string | null;
  /** Why the answer could not be given as it was meant. */
  readonly trouble: string | null;
}

/** Finds the option for an answer by its kind, never by guessing: what the agent does not offer it is not told. */
export function chooseAnswer(options: readonly PermissionOption[], answer: Answer): Told {
  const { decision, option: id } = answer;
  if (id != null) {
    const option = options.find((one) => one.id === id);
    return option === undefined ? untold('it offers no such answer') : picked(option);
  }
  if (decision === 'deny') {
    // Without an option of its kind a refusal is a cancel: it must never turn into a permission.
    const optionId = rejectOption(options)?.id ?? null;
    return { outcome: 'denied', optionId, choice: null, trouble: null };
  }
  const option = decision === 'allow' ? allowOption(options) : null;
  if (option === null) return untold('it offers no plain permission, only choices of its own');
  return { outcome: 'allowed', optionId: option.id, choice: null, trouble: null };
}

function picked(option: PermissionOption): Told {
  const outcome = { allow: 'allowed', deny: 'denied', other: 'answered' } as const;
  return {
    outcome: outcome[decisionOf(option) ?? 'other'],
    optionId: option.id,
    choice: option.name,
    trouble: null,
  };
}

function untold(why: string): Told {
  const trouble = `the agent was told that its request is cancelled, because ${why}`;
  return { outcome: 'withdrawn', optionId: null, choice: null, trouble };
}
