import { toString as qrCode } from 'qrcode';
import { CAMPS, type CampPlan } from './camps.data.js';

/** The poster of a demo camp as SVG; null when there is no such camp. */
export function poster(key: string): string | null {
  const camp = CAMPS.find((candidate) => candidate.key === key);
  return camp ? draw(camp) : null;
}

/** Looks like a group's code; read by a phone it says what it is. */
export async function groupCode(key: string): Promise<string | null> {
  const camp = CAMPS.find((candidate) => candidate.key === key);
  if (!camp) return null;
  return qrCode(`演示群二维码：${camp.name}`, {
    type: 'svg',
    margin: 2,
    color: { dark: '#1f2d3dff', light: '#ffffffff' },
  });
}

function draw({ name, motto, days, requiredDays, hue }: CampPlan): string {
  const [title = name, part = ''] = name.split('·');
  const text = 'font-family="PingFang SC, Noto Sans SC, Microsoft YaHei, sans-serif" fill="#fff"';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 750 420" width="750" height="420" role="img" aria-label="${name}">
  <defs>
    <linearGradient id="sky" x1="0" y1="0" x2="1" y2="1">
      <stop offset="0" stop-color="hsl(${hue} 62% 56%)"/>
      <stop offset="1" stop-color="hsl(${(hue + 38) % 360} 58% 38%)"/>
    </linearGradient>
  </defs>
  <rect width="750" height="420" fill="url(#sky)"/>
  <circle cx="610" cy="120" r="64" fill="#fff" fill-opacity="0.22"/>
  <circle cx="610" cy="120" r="42" fill="#fff" fill-opacity="0.35"/>
  <path d="M0 330 Q 190 250 375 318 T 750 292 V 420 H 0 Z" fill="#fff" fill-opacity="0.14"/>
  <path d="M0 366 Q 210 300 400 356 T 750 340 V 420 H 0 Z" fill="#fff" fill-opacity="0.2"/>
  <text x="56" y="150" font-size="50" font-weight="700" ${text}>${title}</text>
  <text x="56" y="205" font-size="28" fill-opacity="0.92" ${text}>${part}</text>
  <text x="56" y="264" font-size="26" fill-opacity="0.9" ${text}>${motto}</text>
  <text x="56" y="384" font-size="24" fill-opacity="0.95" ${text}>共 ${days} 天 · 打卡满 ${requiredDays} 天退还押金</text>
</svg>
`;
}
