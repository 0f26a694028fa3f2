import QtQuick
import Marea.App
import Marea.Player

// Where the engine draws. Made only while there is a picture, as the engine waits for its surface; and then moved, never
// made anew: a film without sound would end.
VideoItem {
    required property PlayerViewModel player
    engine: player.engine
}
