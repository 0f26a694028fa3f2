import QtQuick
import Marea

// A quiet block where something will be. Still: nothing blinks.
Rectangle {
    color: Theme.dark ? Theme.surface : Theme.control
    radius: Theme.radiusCard
    Accessible.ignored: true
}
