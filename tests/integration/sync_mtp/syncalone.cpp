// `marea sync` without the rest of the player.
#include "app/cli/synccommand.h"

int main(int argc, char** argv) {
    return marea::app::runSync({argv + 1, argv + argc});
}
