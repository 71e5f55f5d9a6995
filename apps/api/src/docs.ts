import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { campDocument } from '@yajin/contract';
import type { MountedLine } from '@yajin/server';

/** Shows the contracts: the camps' at /api/docs, each other line's at /api/docs/<line>; as JSON at …-json. */
export function mountDocs(app: NestFastifyApplication, lines: MountedLine[]): void {
  const documents = [
    { at: 'api/docs', document: campDocument as object },
    ...lines.map(({ name, document }) => ({ at: `api/docs/${name}`, document })),
  ];
  for (const { at, document } of documents) {
    SwaggerModule.setup(at, app, document as OpenAPIObject, { customSiteTitle: '押金系统接口' });
  }
}
