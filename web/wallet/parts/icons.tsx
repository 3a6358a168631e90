// Line icons, drawn on 24 x 24; decoration only: the words beside them speak.
const paths = {
  send: 'M7 17 17 7M8 7h9v9',
  receive: 'M17 7 7 17M16 17H7V8',
  activity: 'M12 7v5l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  wallet:
    'M4 7a2 2 0 0 1 2-2h11v4' +
    'M4 7v10a2 2 0 0 0 2 2h13a1 1 0 0 0 1-1V10a1 1 0 0 0-1-1H6a2 2 0 0 1-2-2Zm12 7h.01',
  globe: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  settings:
    'M4 7h10M18 7h2M4 17h2M10 17h10' +
    'M16 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM8 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  check: 'M5 12.5 10 17.5 19.5 7',
  warning: 'M12 4 2.5 20h19ZM12 10v5M12 17.5h.01',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5M12 8h.01',
  plus: 'M12 5v14M5 12h14',
  chain:
    'M9 15l6-6M10 6.5l1.5-1.5a4.2 4.2 0 0 1 6 6L16 12.5M14 17.5 12.5 19a4.2 4.2 0 0 1-6-6L8 11.5',
  eye:
    'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z' +
    'M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  open: 'M14 5h5v5M19 5l-8 8M17 14v5H5V7h5',
  panel: 'M4 5h16v14H4zM14 5v14',
  refresh: 'M20 6v5h-5M4 18v-5h5M19 11a7.5 7.5 0 0 0-13-3M5 13a7.5 7.5 0 0 0 13 3',
  key: 'M14.5 9.5a4 4 0 1 0-2.6 3.7L14 15.5h2v2h2v2h3v-3l-6.4-6.4M9.5 9.5h.01',
  save: 'M12 4v11M7.5 11 12 15.5 16.5 11M5 20h14',
  theme: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 3v18a9 9 0 0 0 0-18',
  drop: 'M12 3v10M8 9l4 4 4-4M4 14v5h16v-5',
  self: 'M4 9h14l-3-3M20 15H6l3 3',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}

export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 128 128" aria-hidden="true" focusable="false">
      <defs>
        <linearGradient id="mica-logo" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#7c5cff" />
          <stop offset="1" stopColor="#22b8cf" />
        </linearGradient>
      </defs>
      <rect x="8" y="8" width="112" height="112" rx="28" fill="url(#mica-logo)" />
      <g fill="none" stroke="#fff" strokeWidth="7" strokeLinejoin="round">
        <path d="M64 30 96 48 64 66 32 48Z" fill="#fff" fillOpacity=".92" />
        <path d="M32 64 64 82 96 64" strokeLinecap="round" />
        <path d="M32 80 64 98 96 80" strokeLinecap="round" strokeOpacity=".7" />
      </g>
    </svg>
  );
}

/** A mark that tells chains apart at a glance; never the only sign. */
export function Mark({ id, size = 32 }: { id: string; size?: number }) {
  const digits = id.replace(/^0x/, '');
  const hue = Number.parseInt(digits.slice(0, 4), 16) % 360 || 0;
  const bits = Number.parseInt(digits.slice(4, 11), 16) || 0;
  const cells = Array.from({ length: 15 }, (_, at) => ({ x: at % 3, y: Math.floor(at / 3), at }))
    .filter(({ at }) => (bits >> at) & 1)
    .flatMap(({ x, y }) =>
      x === 2
        ? [{ x, y }]
        : [
            { x, y },
            { x: 4 - x, y },
          ],
    );
  return (
    <svg
      className="mark"
      width={size}
      height={size}
      viewBox="-2 -2 9 9"
      aria-hidden="true"
      focusable="false"
    >
      <rect x="-2" y="-2" width="9" height="9" rx="2.6" fill={`hsl(${hue} 55% 42%)`} />
      {cells.map(({ x, y }) => (
        <rect key={`${x}${y}`} x={x} y={y} width="1.02" height="1.02" fill="#fff" />
      ))}
    </svg>
  );
}
