#include "host/connectors/brought/BroughtRoom.h"

#include "host/connections/ConnectionTexts.h"
#include "host/connectors/brought/BroughtTexts.h"
#include "host/connectors/files/FilesKind.h"
#include "host/connectors/listen/ListenKind.h"

namespace host::connectors {

BroughtRoom::BroughtRoom(sdk::Router& router, const Parts& parts)
    : listenKind_(parts.sources.add(std::make_shared<ListenKind>())),
      filesKind_(parts.sources.add(std::make_shared<FilesKind>(parts.settings.folders, parts.settings.maxUpload))),
      arrivals_({parts.store, parts.runs, parts.runner, parts.sources, parts.database, parts.alarms, parts.logger,
                 parts.clock, parts.settings.folders, parts.settings.uploads, parts.settings.maxUpload,
                 parts.settings.folderInterval}),
      listening_(router, {parts.store, parts.runner, parts.sources, parts.database, parts.secrets, parts.organizations,
                          parts.journal, parts.clock, parts.version}),
      files_(router, {parts.store, arrivals_, parts.organizations, parts.journal, parts.settings.maxUpload}) {
    connections::addSourcePhrases(broughtPhrases());
}

}  // namespace host::connectors
