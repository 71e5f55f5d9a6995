import { Controller, Get, Param, Query, UseGuards, UseInterceptors } from '@nestjs/common';
import { PLANET_ID } from '@yajin/core';
import { CampEnvelopeInterceptor, Optional, says, Text } from '@yajin/server';
import { Matches } from 'class-validator';
import type { Camp } from '@yajin/contract';
import { OperatorGuard, Permission } from '../../../system/index.js';
import { PlanetProjects } from './planet-projects.js';

class ProjectParam {
  @Matches(PLANET_ID, says('not_number'))
  planetProjectId: string;
}

class ProjectQuery {
  @Optional()
  @Text({ max: 64, min: 0 })
  planetGroupId?: string;
}

@Controller('api/admin/planet')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class PlanetController {
  constructor(private readonly projects: PlanetProjects) {}

  @Get('projects/:planetProjectId')
  @Permission('camp:write')
  project(
    @Param() { planetProjectId }: ProjectParam,
    @Query() { planetGroupId }: ProjectQuery,
  ): Promise<Camp.PlanetProject> {
    return this.projects.lookUp(planetProjectId, planetGroupId);
  }
}
