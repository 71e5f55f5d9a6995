import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { campDocument } from '@yajin/contract';

/** Shows the contract at /api/docs, and hands it out at /api/docs-json. */
export function mountDocs(app: NestFastifyApplication): void {
  SwaggerModule.setup('api/docs', app, campDocument as unknown as OpenAPIObject, {
    customSiteTitle: '押金系统接口',
  });
}
