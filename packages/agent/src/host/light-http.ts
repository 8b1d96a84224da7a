/** `node:http` without what importing it costs every host: 27 ms and 10 MB, for the `fetch` it also offers and no host uses. */
export const { createServer, request } = process.getBuiltinModule('node:http');
