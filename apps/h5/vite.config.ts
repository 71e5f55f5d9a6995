import react from '@vitejs/plugin-react';
import { webApp } from '../../vite.app.ts';

/** Of the phones of members: iOS 14, and the Chromium 87 of older WeChats on Android. */
const OLDEST = ['ios14', 'safari14', 'chrome87'];

export default webApp('/h5/', react(), OLDEST);
