import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { LineManifest } from './lines/manifest.js';

/** Shows each line's contract; as JSON at …-json. */
export function mountDocs(app: NestFastifyApplication, lines: readonly LineManifest[]): void {
  for (const { name, document, documentAt = `api/docs/${name}` } of lines)
    SwaggerModule.setup(documentAt, app, document as OpenAPIObject, { customSiteTitle: '押金系统接口' });
}
