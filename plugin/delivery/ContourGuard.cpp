#include "plugin/delivery/ContourGuard.h"

#include "plugin/integration/Contours.h"

namespace plugin::delivery {

namespace {

std::string leadsToTest(const store::Destination& destination) {
    return destination.project + ": адрес промышленного контура " + destination.endpoint +
           " ведёт в тестовый контур; ничего не отправлено. Отключите интеграцию и настройте её с адресом и Basic из "
           "письма о промышленном контуре (если адрес задал администратор сервера, сначала пусть он его исправит)";
}

}  // namespace

std::string contourProblem(const store::Destination& destination, const footprint::Profile& profile) {
    const bool test = destination.test || integration::isSameAddress(destination.endpoint, profile.testEndpoint);
    return test ? leadsToTest(destination) : std::string();
}

std::string contourProblem(const store::Destination& destination, host::sdk::Organizations& organizations,
                           const footprint::ProfileSet& profiles) {
    const auto project = organizations.project(destination.project);
    const auto* profile = project ? profiles.find(project->profile) : nullptr;
    if (profile != nullptr) return contourProblem(destination, *profile);
    return destination.test ? leadsToTest(destination) : std::string();
}

}  // namespace plugin::delivery
