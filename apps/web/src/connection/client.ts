import { createClient } from '@quarterdeck/client/call';

/** The page's own server; the browser sends its session cookie by itself. */
export const client = createClient({ baseUrl: '' });
