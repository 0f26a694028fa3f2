import QtQuick
import Marea

// Shows its component only when `waiting` has lasted for 150 ms, so that a fast answer shows no skeleton.
Loader {
    id: late
    property bool waiting: false
    property bool due: false
    active: waiting && due
    onWaitingChanged: if (!waiting) due = false
    Timer {
        interval: Theme.skeletonDelay
        running: late.waiting
        onTriggered: late.due = true
    }
}
