import type { ApprovalRule } from '@quarterdeck/contract/approval-rule';
import { useEffect } from 'react';
import { toast } from 'sonner';
import { create } from 'zustand';
import { client } from '../../connection/client.ts';
import { useLive } from '../../connection/live-store.ts';
import { announce } from '../../ui/announcer.tsx';
import { toastRefusal } from '../../ui/refusal-toast.ts';

interface Rules {
  /** Newest first; null until loaded. */
  readonly rules: readonly ApprovalRule[] | null;
}

const useStore = create<Rules>(() => ({ rules: null }));

/** The rules of all projects and tasks, loaded again after each answer that is given here. */
export function useRules(): readonly ApprovalRule[] | null {
  const ownActions = useLive((state) => state.ownActions);
  useEffect(() => {
    // An answer may have made one.
    if (ownActions >= 0) void loadRules();
  }, [ownActions]);
  return useStore((state) => state.rules);
}

async function loadRules(): Promise<void> {
  const reply = await client.call('rule.list');
  if (reply.ok) useStore.setState({ rules: reply.value.rules });
}

/** Takes a rule back: what it allowed is asked again. */
export async function forgetRule({ id, text }: ApprovalRule): Promise<void> {
  const reply = await client.call('rule.forget', { params: { ruleId: id } });
  if (!reply.ok) toastRefusal('The rule was not taken back', reply.refusal);
  else {
    announce(`Asked again from now on: ${text}`);
    toast(`Asked again from now on: ${text}`);
  }
  await loadRules();
}
