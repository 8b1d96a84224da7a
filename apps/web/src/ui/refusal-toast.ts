import type { Refusal } from '@quarterdeck/contract/result';
import { toast } from 'sonner';

/** Says what could not be done and why. */
export function toastRefusal(what: string, refusal: Refusal): void {
  toast.error(what, { description: sentence(refusal.message) });
}

/** The message as a sentence of its own. */
export function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
