import { Budget, Micros } from './budget.ts';
import { refuse } from './refuse.ts';
import { ok, type Result } from './result.ts';

const MICROS = 1_000_000;
const PERIOD_WORDS = { day: 'today', month: 'this month', total: 'in all' } as const;

/** Money as people read it: cents, and more places only for what would read as nothing. */
export function dollarText(micros: number): string {
  const dollars = micros / MICROS;
  return `$${micros !== 0 && Math.abs(dollars) < 0.01 ? dollars.toFixed(4) : dollars.toFixed(2)}`;
}

/** What a budget's period is called behind an amount that was spent in it. */
export function spentWhen(period: Budget['period']): string {
  return PERIOD_WORDS[period];
}

/** A budget as people write it: `20/day`, `300/month`, and `50` for 50 dollars in all. */
export function budgetText(budget: Budget): string {
  const amount = dollarText(budget.limitMicros).slice(1);
  return budget.period === 'total' ? amount : `${amount}/${budget.period}`;
}

/** Dollars a person wrote, as micros: `2.50`, `$2.50`. */
export function parseDollars(text: string): Result<number> {
  const amount = /^\$?(\d+(?:\.\d{1,6})?)$/.exec(text.trim())?.[1];
  const micros = Micros.safeParse(Math.round(Number(amount) * MICROS));
  if (amount !== undefined && micros.success) return ok(micros.data);
  return refuse('invalid_input', {
    reason: `"${text}" is no amount; write dollars, such as 2.50, of at most 1000000`,
  });
}

/** A budget a person wrote: an amount, then `/day` or `/month` when it is for each. */
export function parseBudget(text: string): Result<Budget> {
  const [amount = '', period = 'total', ...rest] = text.split('/').map((part) => part.trim());
  const limit = parseDollars(amount);
  const known = Budget.shape.period.safeParse(period);
  if (limit.ok && known.success && rest.length === 0)
    return ok({ limitMicros: limit.value, period: known.data });
  if (!limit.ok && known.success) return limit;
  return refuse('invalid_input', {
    reason: `"${text}" is no budget; write 20/day, 300/month, or 50 for 50 dollars in all`,
  });
}
