/** Quarterdeck's mark. */
export function Wheel({ size = 20 }: { readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <circle cx="12" cy="12" r="4.2" />
      <circle cx="12" cy="12" r="8" />
      <path d="M12 1.500v5M12 17.500v5M1.500 12h5M17.500 12h5M4.600 4.600l3.500 3.500M15.900 15.900l3.500 3.500M19.400 4.600l-3.500 3.500M8.100 15.900l-3.500 3.500" />
    </svg>
  );
}
