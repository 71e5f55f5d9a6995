import { Controller, Get, Param, Res } from '@nestjs/common';
import { BusinessError } from '@yajin/server';
import type { FastifyReply } from 'fastify';
import { groupCode, poster } from './images.js';

/** The pictures of the sample camps, drawn here so that the demo needs no internet. */
@Controller('api/demo/images')
export class DemoImagesController {
  @Get('poster-:key.svg')
  poster(@Param('key') key: string, @Res({ passthrough: true }) reply: FastifyReply): string {
    return shown(poster(key), reply);
  }

  @Get('group-:key.svg')
  async group(@Param('key') key: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return shown(await groupCode(key), reply);
  }
}

function shown(image: string | null, reply: FastifyReply): string {
  if (image === null) throw new BusinessError(404);
  // A web app under development is served from another port.
  void reply.type('image/svg+xml; charset=utf-8').header('cross-origin-resource-policy', 'cross-origin');
  return image;
}
