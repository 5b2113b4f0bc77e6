import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { viewRoles } from '#domain/permissions.js';
import { roleThatAllows } from '#domain/roles.js';
import { By, type Request } from './http/by.js';
import { Problem } from './http/problem.js';
import { Answer, Area, ServiceAct, View } from './http/route.js';
import type { Service } from './service.js';
import { SERVICE } from './tokens.js';

class SetAsideRowAnswer {
  /** The reactor that couldn't act on it: notices, erasure. */
  reactor!: string;
  /** Id of the fact. */
  event!: string;
  /** Where it is in the log. */
  stream!: string;
  version!: number;
  /** Kind and code of the error, never its words; those are in the log of the server. */
  error!: string;
  /** Of the last try. */
  at!: string;
}

class SetAsideAnswer {
  /** The oldest try first, 200 at most. */
  items!: SetAsideRowAnswer[];
  /** How many there are in all. */
  total!: number;
}

class ReplayAnswer {
  /** It worked: the fact is not set aside any more. */
  settled!: boolean;
}

const MOST = 200;

@Area('Service')
@Controller('service/set-aside')
export class SetAsideController {
  constructor(@Inject(SERVICE) private readonly service: Service) {}

  @Get()
  @View('SetAside', 'Facts that a reactor kept failing on: nobody was told of them, or something was not erased yet')
  @Answer(SetAsideAnswer)
  async list(@By() by: Request): Promise<SetAsideAnswer> {
    if (!roleThatAllows(viewRoles.SetAside, by, {})) {
      throw new Problem(403, 'NotAllowed', "Seul l'exploitant lit ce qui est mis de côté.");
    }
    const { items, total } = (await this.service.background.known()).ledger.aside;
    return { items: items.slice(0, MOST), total };
  }

  @Post(':event/replay')
  @HttpCode(200)
  @ServiceAct('ReplaySetAside', 'Try once more what was set aside, now; the next start tries it too')
  @Answer(ReplayAnswer)
  async replay(@Param('event') event: string, @By() _by: Request): Promise<ReplayAnswer> {
    const settled = await this.service.background.replay(event);
    if (settled === undefined) throw new Problem(404, 'EventUnknown', "Ce fait n'est pas mis de côté.");
    return { settled };
  }
}
