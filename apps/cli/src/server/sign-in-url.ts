/** The address that signs a browser in with a one-time ticket. */
export function signInUrl(serverUrl: string, ticket: string): string {
  return `${serverUrl}/sign-in?ticket=${encodeURIComponent(ticket)}`;
}
