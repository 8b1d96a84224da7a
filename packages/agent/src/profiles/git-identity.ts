/** Linked so that an agent commits as the person does. Without it agents write a name into the repository's own settings. */
export const GIT_IDENTITY = ['.gitconfig', '.config/git'] as const;
