#pragma once
/// The wizard's state as REST shows it: JSON texts, in the language asked for. Pure. Never a secret: of credentials the
/// last four characters only.

#include "host/sdk/Organizations.h"
#include "plugin/integration/Letters.h"
#include "plugin/integration/Texts.h"
#include "plugin/sso/RedirectUri.h"
#include "plugin/store/IntegrationStore.h"

#include <optional>
#include <string>
#include <vector>

namespace plugin::api {

struct WizardView {
    integration::ProjectFacts facts;
    integration::IntegrationState state;
    std::optional<store::CheckRow> lastCheck;
    std::vector<store::StoreRow> stores;
    std::string timeZone;
    host::sdk::Micros now = 0;
    bool replaceAllowed = true;
    integration::Language language = integration::Language::Russian;
};

/// {project, title, status, stage, statusText, …} of one card.
std::string cardJson(const WizardView& view);
/// The whole wizard.
std::string wizardJson(const WizardView& view);
/// One check, as far as it is done.
std::string checkJson(const store::CheckRow& check, integration::Language language);
/// {to, from, subject, body, missing[], findings[], canSend, cannotSend}; `whyNot` empty: the server can send it.
/// `findings`: of the letter's redirect_uri.
std::string letterJson(const integration::Letter& letter, const std::string& whyNot,
                       const std::vector<sso::Finding>& findings = {}, bool russian = true);
/// What the server's administrator sees: addresses only.
std::string endpointsJson(const integration::ProjectFacts& facts, const integration::IntegrationState& state);

/// «В процессе 2/4».
std::string cardStatusText(const integration::IntegrationState& state, integration::Language language);

}  // namespace plugin::api
