import type { Usage } from '@quarterdeck/contract/usage';
import type { PriceList } from '@quarterdeck/core/sessions';

/**
 * List prices that ship with the program; nothing is fetched. Input counts as agents on OpenAI's wire report it, cached tokens
 * included; where more is cached than read in, the two were counted apart and are added.
 */
export const priceList: PriceList = {
  async estimate(usage) {
    const { model, inputTokens, outputTokens } = usage;
    if (model === null || inputTokens === null || outputTokens === null) return null;
    const { calcPrice } = await import('@pydantic/genai-prices');
    const { providerId, name } = splitModel(model);
    const price = calcPrice(tokensOf(usage), name, providerId === null ? {} : { providerId });
    return price === null ? null : Math.round(price.total_price * 1_000_000);
  },
};

/** `provider/model` as many agents write it, or a bare model name. */
function splitModel(model: string): { readonly providerId: string | null; readonly name: string } {
  const [first = model, ...rest] = model.split('/');
  return rest.length === 0 ? { providerId: null, name: first } : { providerId: first, name: rest.join('/') };
}

function tokensOf({ inputTokens, outputTokens, cachedTokens }: Usage) {
  const input = inputTokens ?? 0;
  const cached = cachedTokens ?? 0;
  return {
    input_tokens: cached > input ? input + cached : input,
    cache_read_tokens: cached,
    output_tokens: outputTokens ?? 0,
  };
}
