import react from '@vitejs/plugin-react';
import { webApp } from '../../vite.app.ts';

export default webApp('/admin/', react());
