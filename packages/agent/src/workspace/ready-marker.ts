/** Lies in the private git folder of a workspace once it is complete. Without it nothing but our preparation ever ran there. */
export const READY_MARKER = 'quarterdeck-ready';
