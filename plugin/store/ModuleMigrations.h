#pragma once
/// Every step of the module's own tables, in the order in which they are numbered. Released numbers never move: what
/// comes later is added at the end.

#include "plugin/store/ArtifactMigrations.h"
#include "plugin/store/CorrectionStore.h"
#include "plugin/store/DeliveryMigrations.h"
#include "plugin/store/IntegrationMigrations.h"
#include "plugin/store/LetterStore.h"
#include "plugin/store/MatchStore.h"
#include "plugin/store/Migrations.h"
#include "plugin/store/PackageMigrations.h"
#include "plugin/store/QuarantineMigrations.h"
#include "plugin/store/ReadinessMigrations.h"
#include "plugin/store/ReceiptMigrations.h"
#include "plugin/store/ReflectionMigrations.h"
#include "plugin/store/SsoStore.h"
#include "plugin/store/StoreRegistry.h"
#include "plugin/store/TableTemplateMigrations.h"
#include "plugin/store/UntiImportMigrations.h"
#include "plugin/store/UploadStore.h"

namespace plugin::store {

inline std::vector<host::sdk::Migration> moduleMigrations() {
    return numbered(
        {integrationMigrations(),   deliveryMigrations(),   correctionMigrations(),     artifactMigrations(),
         untiImportMigrations(),    reflectionMigrations(), packageMigrations(),        readinessMigrations(),
         tableTemplateMigrations(), engineMigrations(),     quarantineMigrations(),     receiptMigrations(),
         storeMigrations(),         uploadMigrations(),     letterMigrations(),         runProjectMigrations(),
         ssoMigrations(),           matchMigrations(),      matchRejectionMigrations(), ssoUnlinkMigrations()});
}

}  // namespace plugin::store
