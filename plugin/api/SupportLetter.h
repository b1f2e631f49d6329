#pragma once
/// What the support letter quotes of a check.

#include "plugin/integration/Letters.h"
#include "plugin/store/IntegrationStore.h"

namespace plugin::api {

/// The first failed step; empty when there is none.
integration::FailedStep failedStepOf(const store::CheckRow& check);

}  // namespace plugin::api
