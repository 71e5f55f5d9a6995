import react from '@vitejs/plugin-react';
import { webApp } from '../../../vite.app.ts';

const app = webApp('/', react());

/** The gallery is looked at on the machine that built it: nothing of it is compressed. */
export default {
  ...app,
  plugins: [react()],
  root: import.meta.dirname,
  // Apart from what `npm run dev` keeps of the app itself.
  cacheDir: '../node_modules/.vite-gallery',
  build: { ...app.build, sourcemap: false, chunkSizeWarningLimit: 3000 },
};
