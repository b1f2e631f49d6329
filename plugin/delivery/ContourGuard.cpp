#include "plugin/delivery/ContourGuard.h"

#include "plugin/integration/Contours.h"

namespace plugin::delivery {

std::string contourProblem(const store::Destination& destination, const footprint::Profile& profile) {
    if (!destination.test && !integration::isSameAddress(destination.endpoint, profile.testEndpoint)) return {};
    return destination.project + ": адрес промышленного контура " + destination.endpoint +
           " ведёт в тестовый контур; ничего не отправлено. Отключите интеграцию и настройте её с адресом и Basic из "
           "письма о промышленном контуре (если адрес задал администратор сервера, сначала пусть он его исправит)";
}

std::string contourProblem(const store::Destination& destination, host::sdk::Organizations& organizations,
                           const footprint::ProfileSet& profiles) {
    const auto project = organizations.project(destination.project);
    const auto* profile = project ? profiles.find(project->profile) : nullptr;
    return profile == nullptr ? std::string() : contourProblem(destination, *profile);
}

}  // namespace plugin::delivery
